#!/usr/bin/env python3
"""Opens a REFI-QDA file with QualCoder's own importer, without a screen, and prints what arrived in its database as JSON.

usage: open-refi.py QUALCODER FILE
QUALCODER is a checkout of QualCoder's source (LGPL-3.0), FILE a .qdc or .qdpx
needs: pip install PyQt6 pymupdf Pillow
"""

import ast
import builtins
import contextlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import types
from pathlib import Path
from unittest import mock

os.environ["QT_QPA_PLATFORM"] = "offscreen"
source, file = Path(sys.argv[1]) / "src", Path(sys.argv[2])
sys.path.insert(0, str(source))
builtins._ = lambda text: text
# The player of sound and film wants libraries of its own, and no answer is either.
sys.modules["qualcoder.media_player_qt"] = mock.MagicMock()

from PyQt6 import QtWidgets  # noqa: E402

application = QtWidgets.QApplication([])
with contextlib.redirect_stdout(sys.stderr):
    from qualcoder import refi


def new_project(path):
    """An empty project as QualCoder makes one: its tables are read from its source."""
    module = ast.parse((source / "qualcoder" / "__main__.py").read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    connection = sqlite3.connect(path / "data.qda")
    for function in functions:
        texts = [node.value for node in ast.walk(function) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        tables = [text for text in texts if text.startswith("CREATE TABLE ")]
        if any(text.startswith("CREATE TABLE project ") for text in tables):
            for table in tables:
                connection.execute(table)
    (path / "documents").mkdir()
    return connection


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    connection = new_project(folder)
    log = []
    app = types.SimpleNamespace(
        conn=connection,
        project_path=str(folder),
        settings={"codername": "default", "directory": str(folder), "fontsize": 10, "ai_enable": "False"},
        ai_models=[],
        write_config_ini=lambda *_: None,
    )
    # It unpacks beside the file.
    file = shutil.copy(file, folder)
    with (
        contextlib.redirect_stdout(sys.stderr),
        mock.patch.object(QtWidgets.QFileDialog, "getOpenFileName", return_value=(str(file), True)),
        mock.patch.object(QtWidgets.QMessageBox, "exec"),
    ):
        refi.RefiImport(app, types.SimpleNamespace(append=log.append), "qdc" if str(file).endswith(".qdc") else "qdpx")

    def rows(query):
        return [list(row) for row in connection.execute(query)]

    found = {
        "categories": rows("select name from code_cat order by name"),
        "codes": rows(
            "select code_name.name, code_cat.name, code_name.memo from code_name left join code_cat using (catid) order by 1, 2"
        ),
        "sources": rows("select name, fulltext from source order by name"),
        "codings": rows(
            "select code_name.name, source.name, seltext, pos0, pos1 from code_text join code_name using (cid) join source on source.id = fid"
            " order by source.name, pos0, code_name.name"
        ),
        "log": log,
    }
    json.dump(found, sys.stdout, ensure_ascii=False)
