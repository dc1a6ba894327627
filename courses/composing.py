"""The two rules of a course while they are composed."""

from cadres.composing.drafts import Asked, Draft


class CourseDraft(Draft):
    """For whom a course is, and what must be there before."""

    asked = {
        "audience": Asked("Dành cho ai", "Ai cũng học được. Thêm điều kiện để thu hẹp."),
        "prerequisites": Asked("Phải có trước khi học", "Không cần điều kiện nào."),
    }
