/**
 * The shop's paper, ink and brick in Strapi's colour names. Text pairs keep a contrast of 4.5 or
 * more in both themes.
 */
export const light = {
  colors: {
    primary100: '#f8ebe4',
    primary200: '#ecc9bb',
    primary500: '#a8543a',
    primary600: '#93452c',
    primary700: '#7a3521',
    buttonPrimary500: '#93452c',
    buttonPrimary600: '#7a3521',
    warning700: '#8f4700',
    neutral0: '#fffdf8',
    neutral100: '#f5f0e6',
    neutral150: '#ece4d6',
    neutral200: '#e2d8c7',
    neutral300: '#cdbfa9',
    neutral400: '#a69a88',
    neutral500: '#776c5d',
    neutral600: '#665d50',
    neutral700: '#4a4339',
    neutral800: '#2a2620',
    neutral900: '#1e1b17',
    neutral1000: '#14120f',
  },
};

export const dark = {
  colors: {
    primary100: '#3a231a',
    primary200: '#6b3524',
    primary500: '#d28a6e',
    primary600: '#e3a58c',
    primary700: '#efbfab',
    buttonPrimary500: '#a8543a',
    buttonPrimary600: '#b5614a',
    neutral0: '#24211c',
    neutral100: '#1a1815',
    neutral150: '#2e2a24',
    neutral200: '#3a352d',
    neutral300: '#4c463c',
    neutral400: '#8f8575',
    neutral500: '#b3a896',
    neutral600: '#c9bfae',
    neutral700: '#ddd4c5',
    neutral800: '#f5f0e6',
    neutral900: '#fbf8f1',
    neutral1000: '#ffffff',
  },
};
