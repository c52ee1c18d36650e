"""The format of an answer as a JSON Schema, for programs that read the published snapshots."""


def answer_schema() -> dict[str, object]:
    """Draft 2020-12. What lies between the fields (sums, distinct names) a schema cannot say: `check_rules` does."""
    from .shape import AnswerPart

    return AnswerPart.model_json_schema()
