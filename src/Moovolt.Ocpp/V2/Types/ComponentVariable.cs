namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ComponentVariableType: Component variable.</summary>
public sealed record ComponentVariable(Component Component, Variable? Variable = null);
