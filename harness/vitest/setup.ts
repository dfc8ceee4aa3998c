import { installCollector } from '#core';
import { registerCells } from './cells.ts';

installCollector(registerCells);
