/** A Markdown table in the form that prettier gives it, so that writing it and formatting it are one. ASCII widths only. */
export function alignedTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(3, ...lines.map((line) => Array.from(line[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width)).join(' | ')} |`;
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - Array.from(cell).length);
}

const marks = (region: string): readonly [start: string, end: string] => [
  `<!-- generated: ${region} -->`,
  `<!-- end of ${region} -->`,
];

/** `document` with what stands between the two marks of `region` replaced. Throws when the marks are not there. */
export function replaceRegion(document: string, region: string, content: string): string {
  const [start, end] = marks(region);
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from === -1 || to < from) throw new Error(`no region ${region} between ${start} and ${end}`);
  return `${document.slice(0, from + start.length)}\n\n${content}\n\n${document.slice(to)}`;
}

/** The first table of a document whose first heading is this; undefined when there is none. */
export function findTable(document: string, firstHeading: string): string | undefined {
  const lines = document.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${firstHeading} `));
  if (start === -1) return undefined;
  const after = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start, after === -1 ? undefined : start + after).join('\n');
}

/** The cells of every row of a document's tables, without the bars around them. */
export function tableRows(document: string): string[][] {
  return document
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}
