import { localStorageColorSchemeManager, type MantineColorScheme } from '@mantine/core';

export const colorSchemes = localStorageColorSchemeManager({ key: 'threadline-color-scheme' });

export const DEFAULT_COLOR_SCHEME: MantineColorScheme = 'auto';

/** Before the first paint, so that a dark page doesn't begin white. */
export function showColorScheme(): void {
  const chosen = colorSchemes.get(DEFAULT_COLOR_SCHEME);
  const isDark = chosen === 'auto' ? globalThis.matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
}
