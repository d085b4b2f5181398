"""
How an act of care is reimbursed, to the cent: pure rules over the dated figures of ``kernel/tables``.

| module | question it answers |
|---|---|
| `amounts` | what is a cent, and a percentage of an amount? |
| `guarantee` | what does a contract promise for a kind of care? |
| `shares` | who pays what of one act? two complementary insurers? |
| `kinds` | which kinds of care are known, with which figures? (``tables/care.yml``) |
| `situation` | what of a person changes the rates and the deductions? |
| `deductions` | what does the public scheme keep back? |
| `totals` | what of the yearly and daily caps, and of the yearly amounts, is left? |
| `care` | what is this act for the public scheme on its day? |
| `cover` | does the contract cover it on that day, and up to what? |
| `settlement` | all of it at once, act after act of a year |
| `stay` | a stay in hospital |
| `counter` | what is paid at the counter, and what comes back? |
| `waiting` | whose information is our share waiting for? |
| `explaining`, `steps` | how was each amount computed? |
| `checking`, `guessing`, `line` | does a line of a statement hold? which act gives its amounts? |

Explained in docs/domain/reimbursement.md; ids (C11, D08, V06, R02) are those of docs/domain. Amounts are Decimal euros, rates
are in percent, days are dates.
"""
