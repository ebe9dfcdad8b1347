import mark from './mark.svg';

/** The product's sign; its name always stands beside it. */
export function Mark({ size }: { size: number }) {
  return <img src={mark} width={size} height={size} alt="" />;
}
