/** What is asked of a picture, and what is found in it: plain data, the same on the command line, in the server and in the editor. */

/** What to keep of a picture; all filters have to hold. */
export interface Selection {
  /** Id, name or path of a thing: it is shown with its neighbours (`esx1`, `esx1.vSwitch0`). */
  readonly focus?: string;
  /** How many lines away from the focus a neighbour may be; 1 unless told. */
  readonly depth?: number;
  /** Names: what belongs to them is kept. */
  readonly site?: string;
  readonly cluster?: string;
  readonly network?: string;
  readonly tag?: string;
  /** Name of a service: it is kept with what it runs on and leans on. */
  readonly service?: string;
  /** Only what has findings of this severity or a worse one, with what is around it. */
  readonly severity?: 'error' | 'warning' | 'info';
}

/** What the user has opened and shut, by id of the box, in the order in which it was done; to open `*` opens everything. The rest is as the size of the picture suggests. */
export interface FoldChoice {
  readonly open?: readonly string[];
  readonly shut?: readonly string[];
}

/** Which picture of a design: a viewpoint, perhaps a part of it, and what is folded. Plain data: a link and a restart keep it. */
export interface TopologyChoice extends Selection, FoldChoice {
  /** Id of a viewpoint (`network`, `storage`, …); the overview unless told. */
  readonly view?: string;
}

/** A thing that a search has found. */
export interface FoundThing {
  readonly id: string;
  readonly role: string;
  readonly label: string;
  readonly detail?: string;
  /** Id of the box that it is drawn as: itself, or the shut one that it is in. */
  readonly shownAs: string;
  /** Boxes to open so that it is seen, outermost first. */
  readonly within: readonly string[];
}
