from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Lớp học"

    def ready(self):
        from cadres.audit_words import name_acts
        from cadres.intake import kinds
        from cadres.rules import register
        from cadres.versions import PEOPLE, REFERENCE, watch
        from courses import audit_words, checks, nomination_words
        from courses.conditions import Completed
        from courses.history import kind

        register(Completed())
        watch(PEOPLE, "courses.Enrolment")
        watch(REFERENCE, "courses.Category")
        kinds.register(kind.CODE, kind.KIND)
        name_acts(audit_words.CLASSES)
        name_acts(audit_words.RUNNING)
        name_acts(nomination_words.NOMINATING)
        checks.add()
        name_acts(audit_words.HISTORY)
        name_acts(audit_words.EVALUATION)
