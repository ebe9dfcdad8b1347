import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Threadline's blue. 6 carries white text (6.1:1), 7 is its hover. */
const thread: MantineColorsTuple = [
  '#eef2ff',
  '#dbe3fd',
  '#b7c6f9',
  '#90a8f5',
  '#6d8bf1',
  '#5372e8',
  '#3557d6',
  '#2b48b8',
  '#253d99',
  '#1d2f75',
];

/** For what takes something away. 6 carries white text (5.9:1), 4 is text on the dark scheme's grounds. */
const red: MantineColorsTuple = [
  '#fdecec',
  '#fad5d3',
  '#f6b3af',
  '#ff9d96',
  '#ff9d96',
  '#dd4a41',
  '#c62828',
  '#a82121',
  '#8c1d18',
  '#6e1512',
];

/** Greys of the dark scheme, on the blue side as the rest is. 4 and up are lines and grounds. */
const dark: MantineColorsTuple = [
  '#e8ecf2',
  '#c6cfdc',
  '#a3afbf',
  '#7f8ba0',
  '#3a4556',
  '#2f3947',
  '#222b37',
  '#181e27',
  '#131820',
  '#0e1218',
];

export const theme = createTheme({
  colors: { thread, red, dark },
  primaryColor: 'thread',
  primaryShade: 6,
  autoContrast: true,
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' }, h2: { fontSize: '1.125rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.5 }, radius: 'lg', padding: 'lg' },
      styles: { title: { fontSize: '1.15rem', fontWeight: 650 } },
    },
    Menu: {
      // An element without a role in a menu; the first item takes the focus just as well.
      defaultProps: { withInitialFocusPlaceholder: false, shadow: 'md' },
    },
    // Its own grey reaches 3.3:1 on white.
    Notification: { styles: { description: { color: 'var(--ink-soft)' } } },
    Input: { styles: { description: { fontSize: '0.825rem' } } },
  },
});

/** The tokens that pages' own styles use, in both schemes. Text on each ground reaches 4.5:1. */
export const tokens: CSSVariablesResolver = () => ({
  variables: { '--page-width': '56rem', '--page-width-wide': '80rem' },
  light: {
    '--ground': '#f5f6f9',
    '--surface': '#ffffff',
    '--surface-raised': '#f8f9fc',
    '--line': '#dfe3ea',
    '--ink': '#1b2433',
    '--ink-soft': '#5a6678',
    '--go': '#2b48b8',
    '--shadow': '0 1px 2px rgb(16 24 40 / .05), 0 1px 3px rgb(16 24 40 / .06)',
    '--good-ground': '#e9f7ef',
    '--good-line': '#1f8a4c',
    '--good-ink': '#14572f',
    '--wait-ground': '#fff6de',
    '--wait-line': '#c98a00',
    '--wait-ink': '#6b4700',
    '--bad-ground': '#fdecec',
    '--bad-line': '#d0342c',
    '--bad-ink': '#8c1d18',
    '--idle-ground': '#eef0f4',
    '--idle-line': '#8a94a5',
    '--idle-ink': '#3d4858',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2433',
    '--mantine-color-dimmed': '#5a6678',
    '--mantine-color-placeholder': '#667085',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--ground': '#10141b',
    '--surface': '#181e27',
    '--surface-raised': '#1e2530',
    '--line': '#2f3947',
    '--ink': '#e8ecf2',
    '--ink-soft': '#a3afbf',
    '--go': '#9db2ff',
    '--shadow': '0 1px 2px rgb(0 0 0 / .4)',
    '--good-ground': '#12291d',
    '--good-line': '#3fb871',
    '--good-ink': '#a5e6c0',
    '--wait-ground': '#2e2410',
    '--wait-line': '#e0aa3e',
    '--wait-ink': '#f5d58b',
    '--bad-ground': '#331917',
    '--bad-line': '#f1685f',
    '--bad-ink': '#ffb9b3',
    '--idle-ground': '#222a36',
    '--idle-line': '#7f8ba0',
    '--idle-ink': '#c6cfdc',
    '--mantine-color-body': '#181e27',
    '--mantine-color-text': '#e8ecf2',
    '--mantine-color-dimmed': '#a3afbf',
    '--mantine-color-placeholder': '#93a0b2',
    '--mantine-color-error': '#ff8a80',
  },
});
