using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace HealthEquity.Admin.Forms;

/// <summary>An empty field becomes null only where the property may be null: a form need not guard against its own types.</summary>
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
