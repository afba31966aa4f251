import { BarChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Locale } from '#lib/base/format.ts';
import type { FigureData } from './figure.ts';
import { layoutOf, option } from './layout.ts';

/**
 * The one place that runs ECharts: a figure becomes an SVG string, with the colours left as CSS
 * variables, so the same drawing serves dark and light. On the server for every page; in the browser
 * loaded only when a chart has to be drawn that did not come with the page.
 */
echarts.use([BarChart, LineChart, GridComponent, GraphicComponent, SVGRenderer]);

/** A pinned figure is drawn the same each time, so a drawing is kept while its figure is being read. */
const drawn = new Map<string, string>();
const KEPT = 400;

export function draw(figure: FigureData, locale: Locale, width: number): string {
	const key = JSON.stringify([figure, locale, width]);
	const svg = drawn.get(key) ?? drawing(figure, locale, width);
	// Last in again, so the one longest unread goes first.
	drawn.delete(key);
	drawn.set(key, svg);
	if (drawn.size > KEPT) drawn.delete(drawn.keys().next().value!);
	return svg;
}

function drawing(figure: FigureData, locale: Locale, width: number): string {
	const layout = layoutOf(figure, locale, width);
	const { height } = layout;
	const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
	try {
		chart.setOption(option(figure, layout, locale));
		return clean(chart.renderToSVGString());
	} finally {
		chart.dispose();
	}
}

/** Away with the style element (the page's policy has none of its kind) and the notes to a client that is not used. */
function clean(svg: string): string {
	return svg
		.replace(/<style[\s\S]*?<\/style>/g, '')
		.replace(/ (class|ecmeta_\w+|xmlns:xlink|baseProfile|version|xml:space)="[^"]*"/g, '')
		.replace(/^<svg width="[\d.]+" height="[\d.]+"/, '<svg aria-hidden="true" focusable="false"')
		.replace(/\n+/g, '');
}
