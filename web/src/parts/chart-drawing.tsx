import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { usePreferences } from './use-preferences';

register([
  AriaComponent,
  BarChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  SankeyChart,
  SVGRenderer,
]);

/** Series in this order, told apart by hatching as well as by colour. */
const COLOURS = ['#0b4f4a', '#b34700', '#3a5a94', '#6b2d5c', '#5f6b12', '#3d4952'];

/** Words in a drawing are as large as those around it: each part of ECharts has a size of its own. */
function themeOf({ fontSize, fontFamily }: CSSStyleDeclaration) {
  const words = { fontSize: Number.parseFloat(fontSize), fontFamily, color: '#15212b' };
  const axis = { axisLabel: words, nameTextStyle: words };
  return {
    color: COLOURS,
    aria: { enabled: true, decal: { show: true } },
    textStyle: words,
    categoryAxis: axis,
    valueAxis: axis,
    legend: { textStyle: words },
    bar: { label: words },
    line: { label: words },
    markLine: { label: words },
    sankey: { label: words },
  };
}

/** The drawing itself, as SVG: sharp on paper, and its text grows with the reader's. */
export function Drawing(props: { option: EChartsCoreOption; className: string }) {
  const { option, className } = props;
  const box = useRef<HTMLDivElement>(null);
  const { senior, textSize } = usePreferences();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const chart = init(element, themeOf(getComputedStyle(element)), { renderer: 'svg' });
    chart.setOption({ animation: false, ...option });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option, senior, textSize]);
  // The sentence and the table beside it say the same.
  return <div ref={box} className={className} aria-hidden="true" />;
}
