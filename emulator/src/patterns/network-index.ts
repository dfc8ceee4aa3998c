import { parseIp } from './ip-address.ts';
import { append, mapShelf } from './item-list.ts';
import type { Shelf } from './item-list.ts';
import type { PositiveTest } from './value-test.ts';

type Cidr = Extract<PositiveTest, { kind: 'cidr' }>;

/** Items filed under IP networks: one look for each length of mask in use. */
export interface NetworkIndex<T> {
  readonly shelf: (cidr: Cidr) => Shelf<T>;
  readonly collect: (text: string, into: T[]) => void;
}

interface MaskTable<T> {
  readonly bits: 32 | 128;
  readonly maskBits: number;
  readonly networks: Map<bigint, T[]>;
}

export function createNetworkIndex<T>(): NetworkIndex<T> {
  const tables: MaskTable<T>[] = [];

  return {
    shelf({ bits, maskBits, network }) {
      let table = tables.find((candidate) => candidate.bits === bits && candidate.maskBits === maskBits);
      if (table === undefined) {
        table = { bits, maskBits, networks: new Map() };
        tables.push(table);
      }
      return mapShelf(table.networks, network);
    },
    collect(text, into) {
      if (tables.length === 0) return;
      const address = parseIp(text);
      if (address === undefined) return;
      for (const { bits, maskBits, networks } of tables) {
        if (bits === address.bits) append(networks.get(address.value >> BigInt(bits - maskBits)), into);
      }
    },
  };
}
