namespace Moovolt.Api.ChargePoints;

/// <summary>Something that keeps a charger from charging, or has kept somebody from it lately.</summary>
/// <param name="Code">Stable and kebab-case, for programs.</param>
/// <param name="Text">What it is, for people.</param>
/// <param name="Since">Since when, or when it was; null when nobody knows.</param>
/// <param name="WhatToDo">What can be done about it.</param>
/// <param name="More">Where there is more about it: a path of this API.</param>
internal sealed record Hindrance(string Code, string Text, DateTimeOffset? Since, string WhatToDo, string More);
