from django.apps import AppConfig


class InterviewPrepConfig(AppConfig):
    name = "interview_prep"
