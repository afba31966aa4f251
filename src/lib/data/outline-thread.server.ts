import { parentPort, workerData } from 'node:worker_threads';
import { readOutline } from './geojson.ts';
import type { ToRead } from './outlining.server.ts';

/** The thread behind `outlining.server.ts`: one file of outlines, no database and no network. */

const { bytes, categories } = workerData as ToRead;
parentPort!.postMessage(readOutline(bytes, categories));
