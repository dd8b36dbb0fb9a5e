/**
 * Advance widths of the printable ASCII characters in thousandths of an em: for each character the widest of the fonts that a
 * UI font stack ends up with (DejaVu Sans, which is as wide as Verdana, and Liberation Sans, which is as wide as Arial; Segoe UI,
 * San Francisco and Noto Sans are narrower than the wider of the two). A label measured with it fits whatever font draws it.
 */

const regular = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636,
  636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787, 667, 787,
  722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278,
  579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

const bold = [
  348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696, 696, 696,
  696, 400, 400, 838, 838, 838, 611, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 556, 775, 637, 995, 837, 850, 733, 850,
  770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 556, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343,
  665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/** Wider than any Latin, Greek, Cyrillic, Hebrew or Arabic letter but for a few; narrower than an ideograph. */
const otherScript = 780;

/** Width of one character in thousandths of an em. */
export function characterWidth(codePoint: number, isBold: boolean): number {
  const listed = (isBold ? bold : regular)[codePoint - 0x20];
  if (listed !== undefined) return listed;
  if (isCombining(codePoint)) return 0;
  if (isWide(codePoint)) return codePoint > 0xffff ? 1300 : 1050;
  if (codePoint === 0xb7) return 380;
  if (codePoint === 0x2026 || codePoint === 0x2192) return 1000;
  if (codePoint >= 0x400 && codePoint < 0x530) return isBold ? 1000 : 905;
  return isBold ? 850 : otherScript;
}

function isCombining(c: number): boolean {
  return (
    (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200d) || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff)
  );
}

function isWide(c: number): boolean {
  return (
    (c >= 0x1100 && c <= 0x115f) ||
    (c >= 0x2600 && c <= 0x27bf) ||
    (c >= 0x2e80 && c <= 0xa4cf) ||
    (c >= 0xac00 && c <= 0xd7a3) ||
    (c >= 0xf900 && c <= 0xfaff) ||
    (c >= 0xfe30 && c <= 0xfe6f) ||
    (c >= 0xff00 && c <= 0xff60) ||
    c > 0xffff
  );
}
