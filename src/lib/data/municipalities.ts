import areas from './municipalities.json' with { type: 'json' };
import type { Outline } from './outline.ts';

/**
 * The outlines of the 98 Danish municipalities, with their codes; Bornholm stands nearer than it lies.
 * Christiansø (411) is no municipality and not among them.
 *
 * `municipalities.json` is data, not code: the paths of the npm package react-denmark-map 1.0.0, with curves taken as their end
 * points, scaled to 1,000 units and simplified (Douglas-Peucker, 0.75 units). Its licence:
 *
 * MIT License
 *
 * Copyright (c) 2022 Martin Polley
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */
export const municipalities: Outline = {
	id: 'dk-municipalities',
	title: 'Kommuner',
	source: 'react-denmark-map, © Martin Polley 2022, MIT',
	width: 1000,
	height: 1215,
	areas,
	// Round the capital a municipality may be twelve units wide; east of Jutland there is sea to show it in.
	insets: [
		{
			title: 'Hovedstaden',
			from: { x: 886, y: 717, width: 116, height: 116 },
			to: { x: 768, y: 196, width: 348, height: 348 }
		}
	]
};
