import { setFlagsFromString } from 'node:v8';

/**
 * For a process that is an emulator and nothing else. A message lives for milliseconds: V8 would let its young generation
 * grow to 128 MB for them and keep it, and let garbage in the old one grow to several times what was ever alive.
 */
export function boundHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
