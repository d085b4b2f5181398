// @ts-check
/** Icons as SVG elements: drawn here, no file, no font. Always decorative: a word stands beside, or names the button. */

const SVG = 'http://www.w3.org/2000/svg'

/** @type {Record<string, string[]>} */
const SHAPES = {
  chat: ['M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-4.6 4.2c-.5.5-1.4.1-1.4-.6V16A2 2 0 0 1 4 14z', 'M8.5 9.5h.01M12 9.5h.01M15.5 9.5h.01'],
  close: ['M6 6l12 12M18 6 6 18'],
  down: ['M12 5v14M6 13l6 6 6-6'],
  menu: ['M12 5.5h.01M12 12h.01M12 18.5h.01'],
  send: ['M4.5 12 20 4.5 15.5 20l-4-6.5z', 'M11.5 13.5 20 4.5'],
  person: ['M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M4.5 20.5c.9-3.6 3.9-5.5 7.5-5.5s6.6 1.9 7.5 5.5'],
  shield: ['M12 3l7 2.6v5.6c0 4.3-2.9 7.8-7 9.8-4.1-2-7-5.5-7-9.8V5.6z', 'M9 11.8l2.2 2.2 3.9-4.2'],
  lock: ['M6.5 10.5h11a1.5 1.5 0 0 1 1.5 1.5v6.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5V12a1.5 1.5 0 0 1 1.5-1.5z', 'M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  alert: ['M12 4 3 19.5h18z', 'M12 10v4.5M12 17h.01'],
  phone: ['M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4z'],
  download: ['M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14'],
  trash: ['M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.2 11v5M13.8 11v5'],
  text: ['M4 18.5 8.5 6 13 18.5M5.5 14.5h6M14.5 18.5l3-8 3 8M15.5 16h4'],
  clock: ['M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z', 'M12 7.5V12l3 2'],
  exit: ['M14 4.5h4.5v15H14M4.5 12H14M10.5 8.5 14 12l-3.5 3.5'],
  mail: ['M4.5 6h15v12h-15z', 'M4.5 7l7.5 6 7.5-6'],
  retry: ['M19 12a7 7 0 1 1-2.1-5M19 4v3.5h-3.5'],
  plus: ['M12 5v14M5 12h14'],
  list: ['M5 7h14M5 12h14M5 17h9'],
  key: ['M14.5 10.5a4 4 0 1 0-3.8 4L13 12.5h2V15h2.5v2.5H20v-3z', 'M8.5 10.5h.01']
}

/**
 * Draw an icon by its name.
 * @param {keyof typeof SHAPES} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  const attributes = { class: `icon icon-${name}`, viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value)
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', shape)
    svg.append(path)
  }
  return svg
}
