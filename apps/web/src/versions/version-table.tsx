import type { VersionSummary } from '@regraft/studio';
import { formatCount, formatShare, formatTime } from '@regraft/studio/format';
import { Interval } from './interval.js';

const VersionRow = ({ summary }: { summary: VersionSummary }) => (
  <tr id={summary.version}>
    <th scope="row">
      <span className="id">{summary.version}</span>
      {summary.name !== null && <span> {summary.name}</span>}
      {summary.aliases.map((alias) => (
        <span key={alias} className="alias">
          {alias}
        </span>
      ))}
    </th>
    <td className="accuracy">
      {summary.accuracy === null ? (
        <span className="muted">not measured</span>
      ) : (
        <>
          <Interval {...summary.accuracy} />
          {formatShare(summary.accuracy)}
        </>
      )}
    </td>
    <td className="labels">
      <span className="muted">{formatCount(summary.labels.length)}</span> {summary.labels.join(', ')}
    </td>
    <td className="parent">
      {summary.parent === null ? (
        <span className="muted">{summary.backbone}</span>
      ) : (
        <a href={`#${summary.parent}`}>{summary.parent}</a>
      )}
    </td>
    <td>
      <time dateTime={summary.createdAt}>{formatTime(summary.createdAt)}</time>
    </td>
  </tr>
);

/** The versions of a store, in the order given. */
export const VersionTable = ({ versions }: { versions: readonly VersionSummary[] }) => (
  <section>
    <h1>Versions</h1>
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Accuracy (95 % interval, n images)</th>
            <th scope="col">Labels</th>
            <th scope="col">Parent</th>
            <th scope="col">Stored</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((summary) => (
            <VersionRow key={summary.version} summary={summary} />
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
