namespace Moovolt.Ocpp;

/// <summary>The versions of OCPP that are spoken here.</summary>
public enum OcppVersion
{
    V16,
    V201,
    V21,
}
