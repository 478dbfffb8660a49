"""The flat tables of a store as files: what people open in a spreadsheet, or load where they compute.

`layout` says which tables there are, which columns they have and where in the store they come from; `export` writes
them, in one of the forms that the modules `separated` (CSV), `lines` (JSON Lines), `parquet` and `workbook` (Excel)
write.
"""

from summarizer.tables.export import Exported, export_tables
from summarizer.tables.layout import Form, Wanted

__all__ = ["Exported", "Form", "Wanted", "export_tables"]
