"""Other engines over the same texts, where they are installed: `pip install bm25s PyStemmer tantivy`.

Neither is a part of this project, and none of it needs them.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from webapp.library.document import Document

DEPTH = 10
Search = Callable[[str], list[str]]
# A title counts for four mentions, a summary and the vocabulary's words for two: as for FTS5.
WEIGHTS = {"title": 4, "summary": 2, "words": 2, "body": 1, "organisation": 1}


def installed(documents: Sequence[Document]) -> Iterator[tuple[str, Search]]:
    """The engines that are there, each as its name and a search: words → ids of documents, best first."""
    if find_spec("bm25s") and find_spec("Stemmer"):
        yield "bm25s", _bm25s(documents)
    if find_spec("tantivy"):
        yield "tantivy", _tantivy(documents)


def _bm25s(documents: Sequence[Document]) -> Search:
    """English stems and stop words; a field's text is repeated as often as it counts, as bm25s has no fields."""
    bm25s, stemmer = import_module("bm25s"), import_module("Stemmer").Stemmer("english")
    texts = [" ".join(" ".join([getattr(d, name)] * times) for name, times in WEIGHTS.items()) for d in documents]

    def tokens(of: Any) -> Any:
        return bm25s.tokenize(of, stopwords="en", stemmer=stemmer, show_progress=False)

    retriever = bm25s.BM25()
    retriever.index(tokens(texts), show_progress=False)

    def search(words: str) -> list[str]:
        found, scores = retriever.retrieve(tokens([words]), k=min(DEPTH, len(texts)), show_progress=False)
        return [documents[int(n)].id for n, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def _tantivy(documents: Sequence[Document]) -> Search:
    """English stems, any word, each field with its weight."""
    tantivy = import_module("tantivy")
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for name in WEIGHTS:
        schema = schema.add_text_field(name, tokenizer_name="en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer()
    for document in documents:
        writer.add_document(tantivy.Document(id=document.id, **{name: getattr(document, name) for name in WEIGHTS}))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(words: str) -> list[str]:
        plain = "".join(c if c.isalnum() else " " for c in words).lower()
        boosts = {name: float(weight) for name, weight in WEIGHTS.items()}
        query = index.parse_query(plain, list(WEIGHTS), field_boosts=boosts)
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, DEPTH).hits]

    return search
