import { VisuallyHidden } from '@mantine/core';
import { Card } from '../show/card.js';
import classes from './history-chart.module.css';
import type { Day } from './deliveries.js';

const SHORT = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const NUMBER = new Intl.NumberFormat();
/** From the ground up. */
const OUTCOMES = ['written', 'skipped', 'failed'] as const;
const HEIGHT = 120;
const STEP = 32;
const BAR = 20;
/** A single failed one among thousands is still seen. */
const LEAST = 3;

/** What became of each day's conversations: bars for the eye, a table for screen readers. */
export function HistoryChart({ days }: { days: readonly Day[] }) {
  const most = Math.max(1, ...days.map(totalOf));
  const width = days.length * STEP;
  const [first, last] = [days[0], days.at(-1)];
  return (
    <Card title="The last two weeks">
      <div className={classes.scale} aria-hidden="true">
        <span>{NUMBER.format(most)} a day at most</span>
        <span className={classes.key}>
          {OUTCOMES.map((outcome) => (
            <span key={outcome} className={classes.keyed} data-outcome={outcome}>
              {outcome}
            </span>
          ))}
        </span>
      </div>
      <svg className={classes.chart} viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <line className={classes.ground} x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} />
        {days.map((day, index) => (
          <Bars key={day.day} day={day} x={index * STEP + (STEP - BAR) / 2} most={most} />
        ))}
      </svg>
      <div className={classes.scale} aria-hidden="true">
        <span>{first && SHORT.format(dateOf(first))}</span>
        <span>{last && 'Today'}</span>
      </div>
      <VisuallyHidden>
        <table aria-label="Deliveries by day">
          <thead>
            <tr>
              <th>Day</th>
              {OUTCOMES.map((outcome) => (
                <th key={outcome}>{outcome}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th>{SHORT.format(dateOf(day))}</th>
                {OUTCOMES.map((outcome) => (
                  <td key={outcome}>{day[outcome]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Card>
  );
}

function Bars({ day, x, most }: { day: Day; x: number; most: number }) {
  let top = HEIGHT;
  return (
    <g>
      <title>{`${SHORT.format(dateOf(day))}: ${OUTCOMES.map((outcome) => `${day[outcome]} ${outcome}`).join(', ')}`}</title>
      <rect className={classes.hover} x={x - (STEP - BAR) / 2} y="0" width={STEP} height={HEIGHT} />
      {OUTCOMES.filter((outcome) => day[outcome] > 0).map((outcome) => {
        const height = Math.max(LEAST, (day[outcome] / most) * (HEIGHT - 3 * LEAST));
        top -= height;
        return (
          <rect
            key={outcome}
            data-outcome={outcome}
            x={x}
            y={top}
            width={BAR}
            height={height}
            className={classes.bar}
          />
        );
      })}
    </g>
  );
}

function totalOf({ written, skipped, failed }: Day): number {
  return written + skipped + failed;
}

/** Noon, so that no zone moves it to another day. */
function dateOf({ day }: Day): Date {
  return new Date(`${day}T12:00:00`);
}
