"""Turn facts into the panel's markup.

Plain functions, because most of a page's panel is made of a hundred small pieces, and a template
costs as much for each as all of them together. Every function returns safe markup: what is put
between tags is either escaped where it stands, with `e`, or comes from another function here.
"""
