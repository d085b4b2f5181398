// @ts-check
/** The look of the panel, as a constructable stylesheet: a strict security policy of the page does not stop it. */

import { FOOT, OVER, PREFERENCES } from './style-foot.js'
import { BUTTONS, COLOURS, FRAME, HEADER } from './style-frame.js'
import { CARDS, LOG } from './style-log.js'

export const sheet = new CSSStyleSheet()
sheet.replaceSync([COLOURS, FRAME, HEADER, BUTTONS, LOG, CARDS, FOOT, OVER, PREFERENCES].join('\n'))
