using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace HealthEquity.Admin.Forms;

/// <summary>Binds an empty field to null only if the property is nullable; otherwise to an empty string.</summary>
internal sealed class OptionalTextMetadata : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key.PropertyInfo is { } property && property.PropertyType == typeof(string))
        {
            context.DisplayMetadata.ConvertEmptyStringToNull =
                new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        }
    }
}
