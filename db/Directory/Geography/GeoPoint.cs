namespace HealthEquity.Directory.Geography;

/// <summary>A point on the earth, WGS 84 degrees.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude);
