"""The numbers of the two tactics that the phases must recognise."""

from wedge.agents.catalogue import ANSWERS, COURTS

CONSULT_RULE = COURTS["consult"].number
FOLLOW_RULE = ANSWERS["follow"].number
