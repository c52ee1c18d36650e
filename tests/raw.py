"""The figures of a response, worked out again in plain Python: no code of the generator, so that both must agree."""

import json
from dataclasses import dataclass
from datetime import date


def place(shares, share):
    """Competition rank: how many are larger in three decimals, plus one."""
    return 1 + sum(round(other, 3) > round(share, 3) for other in shares)


def percent(share):
    """As the pages print it, with a plain space."""
    return f"{share * 100:.1f} %"


def ratio(printed):
    """The number in `2.7×`."""
    return float(printed.removesuffix("×"))


def last_of_each_day(files):
    """date -> the last response for it, of an archive's paths and bodies in order."""
    return {date.fromisoformat(path[3:13]): Raw.of(body) for path, body in files}


@dataclass(frozen=True)
class Raw:
    """A response by what the pages are about."""

    data: dict

    @classmethod
    def of(cls, body):
        return cls(json.loads(body)["data"])

    @property
    def tasks(self):
        return self.data["classifications"]

    @property
    def categories(self):
        return self.data["macro_categories"]

    def tasks_of(self, key):
        return [task for task in self.tasks if task["macro_category"] == key]

    def listings(self, model_id):
        """(task, model entry) for every task that lists the model."""
        return [(task, model) for task in self.tasks for model in task["models"] if model["id"] == model_id]

    def models(self):
        """id -> (requests, tokens): at least its share of everything."""
        ids = {model["id"] for task in self.tasks for model in task["models"]}
        return {id: self._carried(id, "usage_share", "token_share", self.tasks) for id in ids}

    def models_of(self, key):
        """id -> (requests, tokens): at least its share of a macro-category."""
        tasks = self.tasks_of(key)
        ids = {model["id"] for task in tasks for model in task["models"]}
        return {id: self._carried(id, "category_usage_share", "category_token_share", tasks) for id in ids}

    def _carried(self, model_id, requests, tokens, tasks):
        found = [(task, model) for task, model in self.listings(model_id) if task in tasks]
        return (
            sum(task[requests] * model["tag_usage_share"] for task, model in found),
            sum(task[tokens] * model["tag_token_share"] for task, model in found),
        )
