"""The numbers of the tactics that the phases must recognise."""

from wedge.agents.catalogue import ANSWERS, COURTS

CONSULT_RULE = COURTS["consult"].number
FIRM_RULE = ANSWERS["firm"].number
FOLLOW_RULE = ANSWERS["follow"].number
