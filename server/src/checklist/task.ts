/**
 * A task: one kind of work of a deployment, done once for each thing of the design that needs it. It is declared in one file or
 * beside its likes, reads the model and its facts, and says its items as data; numbering, places and Markdown come later.
 */
import type { Entity } from '../model/entity.ts';
import type { Model } from '../model/model.ts';
import type { Command } from './command.ts';
import type { Text } from './text.ts';

/** The phases of a deployment, in the order of the work. */
export const phases = [
  { id: 'procurement', code: 'HCL', name: 'Procurement and compatibility' },
  { id: 'power', code: 'PWR', name: 'Rack and power' },
  { id: 'cabling', code: 'CAB', name: 'Cabling' },
  { id: 'firmware', code: 'FW', name: 'Firmware' },
  { id: 'hypervisor', code: 'HYP', name: 'Hypervisor' },
  { id: 'network', code: 'NET', name: 'Network' },
  { id: 'storage', code: 'STO', name: 'Storage' },
  { id: 'cluster', code: 'CLU', name: 'Cluster' },
  { id: 'vms', code: 'VM', name: 'Virtual machines' },
  { id: 'licensing', code: 'LIC', name: 'Licensing' },
  { id: 'applications', code: 'APP', name: 'Application redundancy' },
  { id: 'backup', code: 'BKP', name: 'Backup and recovery' },
  { id: 'acceptance', code: 'ACC', name: 'Acceptance tests (FAT and SAT)' },
  { id: 'handover', code: 'HND', name: 'Handover' },
] as const;
export type PhaseId = (typeof phases)[number]['id'];

/** Who does it. */
export type Role =
  | 'project lead'
  | 'site electrician'
  | 'cabling technician'
  | 'network engineer'
  | 'storage engineer'
  | 'virtualization engineer'
  | 'OT engineer'
  | 'backup administrator'
  | 'commissioning engineer';

/** One thing to do, as a task says it. */
export interface Draft {
  /** What it is about: its id and its place in the text come from here. */
  readonly subject: Entity;
  /**
   * What the item is about, where one stands for many (like hosts of a cluster, devices of one model): part of the id in place of
   * the subject, so that the id does not hang on which of them comes first.
   */
  readonly scope?: string;
  /** The property that says it, for the place in the text. */
  readonly prop?: string;
  /** Tells the items of one task and one subject apart. Made of names, never of a position in a list. */
  readonly part?: string;
  /** What to do; in a task with columns, the cells of its row. */
  readonly what: Text | readonly Text[];
  /** Like things that it is done for, one tick each. */
  readonly members?: readonly string[];
  /** Steps and values, a line each. */
  readonly detail?: readonly Text[];
  /** What is seen when it has worked. */
  readonly expected?: Text;
  readonly commands?: readonly Command[];
}

export interface Task {
  /** `network/port-groups`; part of every item's id, so it never changes. */
  readonly id: string;
  readonly phase: PhaseId;
  readonly title: string;
  readonly role: Role;
  /** What to record as evidence. */
  readonly record: string;
  /** What is seen when any of its items has worked; an item may say it for itself. */
  readonly expected?: string;
  /** How it is done, for all of its items. */
  readonly intro?: string;
  /** Items are rows of a table with these columns (id, place and tick are added). */
  readonly columns?: readonly string[];
  /** Columns that are filled in on site, behind the others. */
  readonly blanks?: readonly string[];
  /** Rules of the catalogue that speak of the same matter. */
  readonly closes?: readonly string[];
  items(model: Model): Iterable<Draft>;
}

/** Declares a task. */
export const defineTask = (task: Task): Task => task;

/** Whether a draft is a row of a table. */
export const isRow = (what: Draft['what']): what is readonly Text[] =>
  what.length > 0 && what.every((cell) => Array.isArray(cell));
