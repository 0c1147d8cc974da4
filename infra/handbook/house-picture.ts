import type { Arrow } from './imports.ts';

/** A part of the house: its title, and the pattern whose first group names the room of a path. */
interface Floor {
  title: string;
  holds: (room: string) => boolean;
}

const FLOORS: readonly Floor[] = [
  { title: 'cms: the library', holds: (room) => room.startsWith('cms') },
  { title: 'plugins: the workshop', holds: (room) => room.startsWith('plugins/') },
  { title: 'storefront: the shop floor', holds: (room) => room === 'storefront' },
  { title: 'infra: the cellar', holds: (room) => room.startsWith('infra/') },
];

/**
 * The room of a path at the scale of the whole house: `cms/door`, `plugins/stripe`, `infra/env`.
 */
export function roomOfHouse(path: string): string | null {
  return /^(cms\/door|cms|plugins\/[^/]+|storefront|infra\/[^/]+)\//.exec(path)?.[1] ?? null;
}

/** The room of a path inside one plugin: `domain`, `usecases`, `server`; null outside it. */
export function roomInside(plugin: string): (path: string) => string | null {
  const start = `plugins/${plugin}/`;
  return (path) => {
    if (!path.startsWith(start)) return null;
    const [room, ...rest] = path.slice(start.length).split('/');
    return rest.length > 0 ? (room ?? null) : null;
  };
}

const nodeId = (room: string): string => room.replaceAll(/[^a-z0-9]/gi, '_');
const node = (room: string): string => `${nodeId(room)}["${room}"]`;
const line = ({ from, to }: Arrow): string => `  ${nodeId(from)} --> ${nodeId(to)}`;

/**
 * A Mermaid picture of the house: one box a floor, an arrow where code of one room imports
 * another's.
 */
export function housePicture(arrows: readonly Arrow[]): string {
  const rooms = roomsOf(arrows);
  const floors = FLOORS.flatMap(({ title, holds }, index) => {
    const inside = rooms.filter(holds).map((room) => `    ${node(room)}`);
    if (inside.length === 0) return [];
    return [`  subgraph floor${index}["${title}"]`, ...inside, '  end'];
  });
  return mermaid('TB', [...floors, ...arrows.map(line)]);
}

/** A Mermaid picture of one plugin's rooms. */
export function pluginPicture(arrows: readonly Arrow[]): string {
  const rooms = roomsOf(arrows).map((room) => `  ${node(room)}`);
  return mermaid('LR', [...rooms, ...arrows.map(line)]);
}

function roomsOf(arrows: readonly Arrow[]): string[] {
  return [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].sort();
}

function mermaid(direction: 'TB' | 'LR', lines: readonly string[]): string {
  return ['```mermaid', `flowchart ${direction}`, ...lines, '```'].join('\n');
}
