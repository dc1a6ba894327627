"""Imports go one way: reports → plans → courses → cadres → lib."""

import ast
from pathlib import Path

import pytest
from django.test import SimpleTestCase

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["reports", "trainingplans.plans", "courses", "cadres", "trainingplans.lib"]  # top first
COMPOSITION = ["trainingplans"]  # settings, urls, …: may name everything, imported by nobody


def imports_of(path):
    """The modules that a file imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(module):
    """The position of a module's layer; None for what is no layer (other packages)."""
    for position, layer in enumerate(LAYERS):
        if module == layer or module.startswith(f"{layer}."):
            return position
    return None


def files_of(layer):
    return ROOT.joinpath(*layer.split(".")).rglob("*.py")


def arrows(forbidden):
    """Lines such as: x.py imports y; one for each import that is `forbidden(position, module)`."""
    return [
        f"{path.relative_to(ROOT)} imports {module}"
        for position, layer in enumerate(LAYERS)
        for path in files_of(layer)
        for module in imports_of(path)
        if forbidden(position, module)
    ]


class LayeringTests(SimpleTestCase):
    def test_no_module_imports_from_a_layer_above_its_own(self):
        def upwards(position, module):
            target = layer_of(module)
            return target is not None and target < position

        self.assertEqual(arrows(upwards), [])

    def test_no_layer_imports_the_composition_root(self):
        def root(position, module):
            return module.startswith("trainingplans.") and layer_of(module) is None

        self.assertEqual(arrows(root), [])

    def test_the_floor_has_no_models(self):
        for path in files_of("trainingplans.lib"):
            self.assertNotIn("django.db.models", set(imports_of(path)), path)
