from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Lớp học"

    def ready(self):
        from cadres.rules import register
        from courses.conditions import Completed

        register(Completed())
