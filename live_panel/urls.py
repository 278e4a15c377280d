"""The page of an exchange. A project may include this anywhere: `include("live_panel.urls")`."""

from django.urls import path

from live_panel import views

app_name = "live_panel"

urlpatterns = [path("<int:number>/", views.exchange, name="exchange")]
