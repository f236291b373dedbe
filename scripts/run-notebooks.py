"""Executes every notebook from the top; an error in a cell is an error here. With --save, keeps the output."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

for path in sorted(Path("notebooks").glob("*.ipynb")):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, record_timing=False, resources={"metadata": {"path": "notebooks"}}).execute()
    if "--save" in sys.argv:
        notebook.metadata.pop("language_info", None)
        nbformat.write(notebook, path)
    print(f"{path}: ran")
