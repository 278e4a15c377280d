"""Quoted from the notes, faults included: their cookie views.

Only the imports stand together here.
"""

from django.http import HttpResponse
from django.shortcuts import redirect


def set_cookie(request):
    response = HttpResponse("Cookie set")
    response.set_cookie(
        key='user_name',
        value='Emmanuel',
        max_age=3600  # 1 hour
    )
    return response


def get_cookie(request):
    name = request.COOKIES.get('user_name')
    return HttpResponse(f"User name: {name}")


def delete_cookie(request):
    response = HttpResponse("Cookie deleted")
    response.delete_cookie('user_name')
    return response


def secure_cookie(request):
    response = HttpResponse("Secure cookie set")
    response.set_cookie(
        'session_token',
        'abc123',
        httponly=True,
        secure=True,
        samesite='Lax'
    )
    return response


def login_view(request):
    response = redirect('dashboard')
    response.set_cookie('remember_me', 'yes', max_age=7*24*60*60)
    return response


def dashboard(request):
    if request.COOKIES.get('remember_me') != 'yes':
        return redirect('login')
    return HttpResponse("Welcome back")
