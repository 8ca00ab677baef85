"""Role sheets: what a state knows before the talks, on a page to print or to read on a phone.

``role_sheet`` makes one as plain data, ``write_role_sheets`` writes one for each state as HTML that needs nothing
but itself. A sheet holds what its seat can see, and nothing else.
"""

from wedge.engine.classroom.roles.pages import role_page, write_role_sheets
from wedge.engine.classroom.roles.sheet import Ally, Issue, Other, RoleSheet, Stage
from wedge.engine.classroom.roles.telling import role_sheet

__all__ = ["Ally", "Issue", "Other", "RoleSheet", "Stage", "role_page", "role_sheet", "write_role_sheets"]
