/** log(2 π) / 2. */
export const HALF_LOG_TWO_PI = 0.9189385332046727;

/** The Euler-Mascheroni constant γ. */
export const EULER_GAMMA = 0.5772156649015329;
