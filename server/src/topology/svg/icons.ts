/**
 * The signs of the roles: line drawings on a 16 × 16 grid, drawn to be told apart at that size. Written once per picture as
 * symbols and used by reference.
 */

import type { NodeRole } from '../graph.ts';

export const iconPaths: Readonly<Record<NodeRole, string>> = {
  site: 'M2 13.5V7l4 2.5V7l4 2.5V2.5h4v11z M1 13.5h14 M12 5h.01 M12 7.5h.01',
  room: 'M3.5 14V2h7v12 M10.5 4l3 1v9 M1.5 14h13 M8.4 8.2h.01',
  rack: 'M3.5 1.5h9v13h-9z M5.6 4.2h4.8 M5.6 7h4.8 M5.6 9.8h4.8 M3.5 12.4h9',
  feed: 'M5.5 1.8v3.6 M10.5 1.8v3.6 M3.4 5.4h9.2v2.2a4.6 4.6 0 0 1-9.2 0z M8 12.2V15',
  pdu: 'M1.5 5h13v6h-13z M4.2 8h.01 M6.7 8h.01 M9.2 8h.01 M11.7 8h.01 M8 11v3',
  ups: 'M1.8 4.8h10.9v6.9H1.8z M12.7 7h1.6v2.5h-1.6 M7.9 6L5.8 8.5h2.9L6.7 10.6',
  switch: 'M1.5 4h13v8h-13z M4 6.6h6.8 M9.3 5.2l1.7 1.4-1.7 1.4 M12 9.6H5.2 M6.7 8.2L5 9.6 6.7 11',
  router:
    'M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 0 0 0-12.4z M8 7V4 M6.8 5.2L8 4l1.2 1.2 M8 9v3 M6.8 10.8L8 12l1.2-1.2 M4 8h2.6 M5.4 6.8L6.6 8 5.4 9.2 M12 8H9.4 M10.6 6.8L9.4 8l1.2 1.2',
  host: 'M2 3h12v4.3H2z M2 8.7h12V13H2z M4.3 5.15h.01 M6.4 5.15h.01 M9.4 5.15h2.4 M4.3 10.85h.01 M6.4 10.85h.01 M9.4 10.85h2.4',
  physical: 'M4.5 1.5h7v13h-7z M6.5 4h3 M6.5 6.2h3 M8 11.6h.01',
  nic: 'M2.5 3h11v10h-11z M5 13v-3h1.6V8.4h2.8V10H11v3 M5 3v2.4 M7 3v2.4 M9 3v2.4 M11 3v2.4',
  hba: 'M1.8 4.8h12.4v6.4H1.8z M4 11.2v2 M6.6 11.2v2 M9.2 11.2v2 M4.6 8h.01 M7.4 8h4',
  vswitch:
    'M1.5 8h13 M4 8V5 M8 8V5 M12 8V5 M6 8v3 M10 8v3 M4 5a1 1 0 1 0 0-2a1 1 0 0 0 0 2z M8 5a1 1 0 1 0 0-2a1 1 0 0 0 0 2z M12 5a1 1 0 1 0 0-2a1 1 0 0 0 0 2z M6 13a1 1 0 1 0 0-2a1 1 0 0 0 0 2z M10 13a1 1 0 1 0 0-2a1 1 0 0 0 0 2z',
  portgroup: 'M5.6 2v3.4 M10.4 2v3.4 M3.8 5.4h8.4v3.2a4.2 4.2 0 0 1-8.4 0z M8 12.8V15',
  vmkernel: 'M4.5 4.5h7v7h-7z M6.5 2v2.5 M9.5 2v2.5 M6.5 11.5V14 M9.5 11.5V14 M2 6.5h2.5 M2 9.5h2.5 M11.5 6.5H14 M11.5 9.5H14',
  port: 'M2.5 4h11v8h-11z M5 12V9.6h6V12 M5.4 4v1.8 M8 4v1.8 M10.6 4v1.8',
  zone: 'M8 1.6l5.4 2v4.2c0 3.2-2.2 5.4-5.4 6.6-3.2-1.2-5.4-3.4-5.4-6.6V3.6z',
  fabric:
    'M3.4 5.2a1.7 1.7 0 1 0 0-3.4a1.7 1.7 0 0 0 0 3.4z M12.6 5.2a1.7 1.7 0 1 0 0-3.4a1.7 1.7 0 0 0 0 3.4z M3.4 14.2a1.7 1.7 0 1 0 0-3.4a1.7 1.7 0 0 0 0 3.4z M12.6 14.2a1.7 1.7 0 1 0 0-3.4a1.7 1.7 0 0 0 0 3.4z M4.6 4.7L11.4 11.3 M11.4 4.7L4.6 11.3 M3.4 5.2v5.6 M12.6 5.2v5.6',
  network: 'M4.8 12.6h6.4a2.9 2.9 0 0 0 .5-5.7a3.9 3.9 0 0 0-7.5.5a2.65 2.65 0 0 0 .6 5.2z',
  array:
    'M2 2.2h12v3.4H2z M2 6.3h12v3.4H2z M2 10.4h12v3.4H2z M4.3 3.9h.01 M4.3 8h.01 M4.3 12.1h.01 M7 3.9h4.8 M7 8h4.8 M7 12.1h4.8',
  pool: 'M6 10.2a3.9 3.9 0 1 0 0-7.8a3.9 3.9 0 0 0 0 7.8z M10 13.6a3.9 3.9 0 1 0 0-7.8a3.9 3.9 0 0 0 0 7.8z',
  lun: 'M2.5 3.6h11v8.8h-11z M2.5 8.8h11 M5 10.6h.01 M7.6 10.6h3.4',
  datastore:
    'M8 2.2c3 0 5 .85 5 2s-2 2-5 2-5-.85-5-2 2-2 5-2z M3 4.2v3.8c0 1.15 2 2 5 2s5-.85 5-2V4.2 M3 8v3.8c0 1.15 2 2 5 2s5-.85 5-2V8',
  cluster: 'M5.4 2h5.2v4.2H5.4z M1.5 9.3h5.2v4.2H1.5z M9.3 9.3h5.2v4.2H9.3z M8 6.2v1.6 M4.1 9.3V7.8h7.8v1.5',
  vm: 'M2 2.8h12v8.4H2z M5.4 14h5.2 M8 11.2V14 M6.8 5.2L9.8 7l-3 1.8z',
  service: 'M8 1.6l5.5 3.2v6.4L8 14.4l-5.5-3.2V4.8z M8 6a2 2 0 1 0 0 4a2 2 0 0 0 0-4z',
  product: 'M2.2 5L8 2l5.8 3v6L8 14l-5.8-3z M2.2 5L8 8l5.8-3 M8 8v6',
  license: 'M4.8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 0 0 0-5.6z M7.6 8H14.2 M11.6 8v2.4 M14.2 8v1.9 M4.8 8h.01',
  usbhub:
    'M8 14.2V2.6 M6.6 4.2L8 2.2l1.4 2 M8 12L4.4 10.2V7.8 M8 9.8l3.6-1.8V6.6 M3.6 6.2h1.6v1.6H3.6z M11.6 6.6a.9.9 0 1 0 0-1.8a.9.9 0 0 0 0 1.8z',
};

/** Definitions of the icons in use. */
export function iconDefs(roles: ReadonlySet<NodeRole>): string {
  return [...roles]
    .sort()
    .map((role) => `<symbol id="lt-i-${role}" viewBox="0 0 16 16"><path d="${iconPaths[role]}"/></symbol>`)
    .join('');
}
