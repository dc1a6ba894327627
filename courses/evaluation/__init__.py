"""What learners, teachers and units think of a class: asked once, answered without a name."""
