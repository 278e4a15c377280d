from django.urls import path

from interview_prep import views

app_name = "interview_prep"

urlpatterns = [
    path("", views.home, name="home"),
    path("cards/", views.cards, name="cards"),
    path("cards/<slug:question_id>/", views.card, name="card"),
    path("mock/", views.mock, name="mock"),
    path("mock/<slug:question_id>/", views.mock_question, name="mock_question"),
    path("true-or-false/", views.myths, name="myths"),
    path("cheat-sheet/", views.cheat_sheet, name="cheat_sheet"),
]
