"""`signpost privacy check`."""

import json

from click.testing import CliRunner

from webapp.cli.pii import privacy


def check(*arguments: str, text: str | bytes | None = None):
    return CliRunner().invoke(privacy, ["check", *arguments], input=text)


def test_it_answers_each_line_in_order(tmp_path):
    file = tmp_path / "texts.jsonl"
    lines = [{"id": "a", "text": "Mrs K of M22 4DZ"}, {"id": 2, "text": "An older man in M22."}]
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    done = check(str(file))
    assert done.exit_code == 0
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "a", "kinds": ["name", "postcode"]},
        {"id": 2, "kinds": []},
    ]


def test_it_reads_what_is_piped_in():
    done = check(text='{"id": 1, "text": "dob 1/2/1934"}\n\n')
    assert json.loads(done.stdout) == {"id": 1, "kinds": ["date-of-birth"]}
    assert check("-", text='{"id": 1, "text": "tea"}').exit_code == 0


def test_lines_it_cannot_read_are_named_and_the_others_answered(tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_bytes(b'nonsense\n{"id": 1}\n{"id": 2, "text": 5}\n[1]\n\xff\n{"id": 3, "text": "tea"}\n')
    done = check(str(file))
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"id": 3, "kinds": []}
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [f"{file}:{n}" for n in range(1, 6)]


def test_what_it_cannot_read_is_not_repeated():
    done = check(text='{"id": 1, "text": "07700 900123"\n')
    assert "900123" not in done.output


def test_wrong_usage_is_2(tmp_path):
    assert check(str(tmp_path / "nothing.jsonl")).exit_code == 2
    assert check("one", "two").exit_code == 2
