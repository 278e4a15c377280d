"""The live panel: what a request and its response did to cookies and the session."""

__version__ = "0.1.0"
