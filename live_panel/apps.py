from django.apps import AppConfig


class LivePanelConfig(AppConfig):
    name = "live_panel"
    verbose_name = "Live panel"

    def ready(self):
        from live_panel import checks  # noqa: F401  (registers the system checks)
