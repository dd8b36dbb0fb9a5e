/** A picture as a list of things to paint, one over the other: what paper and pixels need, without elements and style sheets. */

import type { Rectangle } from '../placed.ts';
import type { Path } from './pathData.ts';

export interface Paint {
  /** `#rrggbb`. */
  readonly colour: string;
  /** 0 to 1. */
  readonly alpha: number;
}

export interface Pen extends Paint {
  readonly width: number;
  readonly dash: readonly number[];
  readonly isRound: boolean;
}

export interface DrawnPath {
  readonly kind: 'path';
  readonly path: Path;
  readonly fill?: Paint;
  readonly pen?: Pen;
  readonly clip?: Rectangle;
}

export interface DrawnText {
  readonly kind: 'text';
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly colour: string;
  /** Px between characters. */
  readonly spacing: number;
  /** Share of the width that stands before `x`: 0, 0.5 or 1. */
  readonly shift: number;
  /** Colour of the ground that keeps the text clear of lines. */
  readonly halo?: string;
}

export interface Drawing {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly items: readonly (DrawnPath | DrawnText)[];
}
