"""Finds the documents of a source: tells its format, hands it to the format's reader, goes into archives.

What cannot be read is yielded as an error in its place, so that the caller decides whether to go on. The readers are
imported when they are needed: the command starts with none of them.
"""

import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read.fields import Fields
from summarizer.read.formats import Format, format_of
from summarizer.read.found import Found, document_of
from summarizer.read.limits import MAX_BYTES, MAX_DEPTH, MAX_FILE_BYTES, Budget
from summarizer.read.plain import read_text
from summarizer.read.source import Source, read_all, shown

Results = Iterator[Document | ReadError]

_OTHER_OFFICE: Final = (
    ("xl/", "an Excel workbook: save its sheet as CSV"),
    ("ppt/", "a PowerPoint file: save it as PDF"),
    ("META-INF/container.xml", "an EPUB book: save it as HTML or text"),
    ("content.xml", "an OpenDocument file: save it as docx"),
)
"""What lies in ZIP archives that are no archives of files."""


class Job(NamedTuple):
    """What holds for everything in one file."""

    published: str | None
    fields: Fields
    budget: Budget


def documents_in(source: Source, job: Job, *, inside: bool = False) -> Results:
    """Yield the documents of a source in their order; `inside` says that it was compressed on its own."""
    try:
        yield from _documents(source, job, format_of(source, records=job.fields.named(), inside=inside), inside)
    except ReadError as error:
        yield error


def _documents(source: Source, job: Job, form: Format, inside: bool) -> Results:
    if form in ("text", "html", "pdf"):
        yield _single(source, job, form)
    elif form in ("jsonl", "csv"):
        yield from _records(source, job, form)
    elif form == "warc":
        yield from _answers(source, job)
    else:
        yield from _unpacked(source, job, form, inside)


def _single(source: Source, job: Job, form: Format) -> Document:
    content = read_all(source, MAX_FILE_BYTES if form == "pdf" else MAX_BYTES)
    return document_of(_found(content, source, form), content, source.path or None, job.published)


def _found(content: bytes, source: Source, form: Format) -> Found:
    if form == "pdf":
        from summarizer.read.pdf import read_pdf

        return read_pdf(content, source.shown)
    if form == "html":
        from summarizer.read.html import read_page

        return read_page(content, source.shown)
    return read_text(content, source.shown)


def _records(source: Source, job: Job, form: Format) -> Results:
    from summarizer.read.records import csv_records, json_records

    for record in (json_records if form == "jsonl" else csv_records)(source, job.fields):
        if isinstance(record, ReadError):
            yield record
            continue
        try:
            yield document_of(record.found, record.found.text.encode(errors="replace"), record.path, job.published)
        except ReadError as error:
            yield error


def _answers(source: Source, job: Job) -> Results:
    from summarizer.read.html import read_page
    from summarizer.read.warc import answers

    for answer in answers(source):
        if isinstance(answer, ReadError):
            yield answer
            continue
        try:
            name = shown(answer.path)
            page = answer.html
            found = read_page(answer.content, name, charset=answer.charset) if page else read_text(answer.content, name)
            yield document_of(found, answer.content, answer.path, job.published)
        except ReadError as error:
            yield error


def _unpacked(source: Source, job: Job, form: Format, inside: bool) -> Results:
    from summarizer.read.archives import tar_members, unpacked

    # A tar.gz is one archive, not two.
    if source.depth >= MAX_DEPTH and not (form == "tar" and inside):
        raise ReadError(
            f"{source.shown} lies in {source.depth} archives, the limit is {MAX_DEPTH}: unpack the outer ones"
        )
    if form in ("gzip", "bzip2", "xz"):
        yield from documents_in(unpacked(source, form, job.budget), job, inside=True)
    elif form == "tar":
        yield from _members(tar_members(source, job.budget, packed=inside), source, job)
    else:
        yield from _zipped(source, job)


def _zipped(source: Source, job: Job) -> Results:
    from summarizer.read.archives import opened_zip, zip_members

    if source.depth or not source.stream.seekable():  # a directory at the end of the file needs all of it
        source = source._replace(stream=io.BytesIO(read_all(source, MAX_FILE_BYTES)))
    with opened_zip(source) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            from summarizer.read.docx import read_docx

            found = read_docx(archive, source.shown)
            source.stream.seek(0)
            yield document_of(found, read_all(source, MAX_FILE_BYTES), source.path or None, job.published)
            return
        marked = "[Content_Types].xml" in names or "mimetype" in names
        for start, what in _OTHER_OFFICE if marked else ():
            if any(name.startswith(start) for name in names):
                raise ReadError(f"{source.shown} is {what}; it is not read as it is")
        if source.path.lower().endswith(".docx"):
            raise ReadError(f"{source.shown} is no Word document (it has no word/document.xml): save it again as docx")
        yield from _members(zip_members(archive, source, job.budget), source, job)


def _members(members: Iterator[Source | ReadError], source: Source, job: Job) -> Results:
    empty = True
    for member in members:
        empty = False
        if isinstance(member, ReadError):
            yield member
        else:
            yield from documents_in(member, job)
        if job.budget.exceeded:
            return
    if empty:
        raise ReadError(f"{source.shown} is an empty archive: there is no file in it")
