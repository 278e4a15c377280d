from django.apps import AppConfig


class CookiesDemoConfig(AppConfig):
    name = "cookies_demo"
