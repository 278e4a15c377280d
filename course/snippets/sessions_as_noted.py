"""Quoted from the notes, faults included: their session views.

Only the imports stand together here.
"""

from django.http import HttpResponse
from django.shortcuts import redirect


def set_session(request):
    request.session['user_name'] = 'Emmanuel'
    request.session['login_count'] = 1
    return HttpResponse("Session set")


def get_session(request):
    name = request.session.get('user_name')
    count = request.session.get('login_count')
    return HttpResponse(f"Name: {name}, Count: {count}")


def update_session(request):
    request.session['login_count'] += 1
    return HttpResponse("Session updated")


def delete_session(request):
    request.session.pop('user_name', None)
    request.session.flush()  # removes all session data
    return HttpResponse("Session cleared")


def login_view(request):
    if request.method == "POST":
        request.session['user_id'] = 5
        return redirect('dashboard')


def dashboard(request):
    if not request.session.get('user_id'):
        return redirect('login')
    return HttpResponse("Welcome to dashboard")
