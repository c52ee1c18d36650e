"""What the site weighs and how fast it is made, beside the usual ways. By hand and in a workflow; never a timed test.

    uv run python -m tests.benchmarks.budgets _site     bytes that readers get, against their limits; `.ci/run` does it
    uv run python -m tests.benchmarks                   everything below, some hours; or one or several by name
    uv run python -m tests.benchmarks weight history

Comes in: this project, and what it is compared with, which is installed from npm and PyPI at fixed versions into
`.cache/peers`. Goes out: Markdown tables of ratios with their spread, for the README.
"""
