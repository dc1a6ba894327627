from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Lớp học"

    def ready(self):
        from cadres.audit_words import name_acts
        from cadres.rules import register
        from courses import audit_words, checks
        from courses.conditions import Completed

        register(Completed())
        name_acts(audit_words.CLASSES)
        name_acts(audit_words.RUNNING)
        checks.add()
